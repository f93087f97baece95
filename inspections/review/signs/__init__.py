"""Signs as persons hold them: what an inspector answered, what a reviewer corrected. What a machine read is no sign."""
