"""What a reviewer looks at: the queue of visits that wait, and one visit with all that is known of it."""
