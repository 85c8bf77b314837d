// 性能诊断「定时器未清理」「事件监听未移除」「重复读取 storage」: what is begun ends, and the phone is asked in one place.

interface Source {
  /** relative to the project */
  file: string
  text: string
}

/** Files that may listen without ever ceasing, and why. */
const FOR_GOOD: Record<string, string> = {
  'miniprogram/phone/platform.ts': 'called once by app.ts: network and appearance are followed for as long as the app runs',
  'miniprogram/phone/person-away.ts': 'one listener for each API that opens something over the app, for as long as the app runs',
}
/** Where the phone's timers are handed out; everybody else is given `timers` and clears them. */
const TIMERS = ['miniprogram/phone/phone-timers.ts']
const STORAGE = 'miniprogram/phone/platform.ts'

export function cleanUp(sources: Source[]): string[] {
  const findings: string[] = []
  for (const { file, text } of sources) {
    const at = (index: number) => `${file}:${text.slice(0, index).split('\n').length}`
    for (const { 1: name, index } of text.matchAll(/\bwx\.on([A-Z]\w+)\(/g)) {
      if (!(file in FOR_GOOD) && !text.includes(`wx.off${name}(`)) findings.push(`${at(index)}: wx.on${name} without wx.off${name}`)
    }
    for (const { 1: kind, index } of text.matchAll(/\bset(Timeout|Interval)\(/g)) {
      const cleared = text.includes(`clear${kind}(`)
      if (!TIMERS.includes(file) && !cleared)
        findings.push(`${at(index)}: set${kind} without clear${kind}; stores and behaviors take the injected timers`)
    }
    for (const { index } of text.matchAll(/\bwx\.(get|set|remove|batchGet)Storage(Sync)?\b/g))
      if (file !== STORAGE) findings.push(`${at(index)}: storage is read and written by ${STORAGE} only, which stores ask once`)
  }
  return findings
}
