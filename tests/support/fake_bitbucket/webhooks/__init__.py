"""What happens in the world, told as webhooks."""
