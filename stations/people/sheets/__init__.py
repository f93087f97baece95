"""Sheets of enrolment codes for many people at once; a code in the clear stands on the paper and nowhere else."""
