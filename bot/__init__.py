"""The committee's business: what it knows, decides and keeps. No chat platform is named here."""
