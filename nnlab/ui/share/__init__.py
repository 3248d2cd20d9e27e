"""Links: made, opened, and what a task's link leaves to the student."""
