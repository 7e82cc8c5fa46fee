"""What interviews tells the apps below it; imported once, when Django is ready."""
