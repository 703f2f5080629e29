// Vitest ends its forks with SIGTERM, which skips exit handlers, and with them the leak check of a sanitized run.
if (process.env.ATS_SANITIZED) process.on("SIGTERM", () => process.exit(0));
