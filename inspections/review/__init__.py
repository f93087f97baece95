"""What reviewers decide about visits. It never changes what a phone sent."""
