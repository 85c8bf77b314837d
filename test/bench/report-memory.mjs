// Loaded into a program that is measured: when it ends, it says how much memory it had at most and how long it ran.
process.on('beforeExit', () => {
  if (process.connected)
    process.send({ kilobytes: process.resourceUsage().maxRSS, seconds: performance.now() / 1_000 }, () => process.disconnect())
})
