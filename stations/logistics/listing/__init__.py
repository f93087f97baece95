"""What stands of the network on a day, as known at an instant: lists for people. It counts no coverage."""
