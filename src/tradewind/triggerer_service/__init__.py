"""The triggerer's store side: claims deferrals, hands them to processes that run triggers, and writes what came of
them. No user code here."""
