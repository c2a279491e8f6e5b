"""Who is told outside of the open streams: e-mail and web push to the staff, unread answers to visitors."""
