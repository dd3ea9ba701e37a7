"""What the portal says and does by itself across the rooms of mentoring."""
