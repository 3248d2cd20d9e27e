"""What went wrong in a training, in words, with a remedy one click away."""
