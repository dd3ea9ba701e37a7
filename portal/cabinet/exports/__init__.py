"""What is handed out of a pair as a whole."""
