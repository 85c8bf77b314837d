// 性能诊断「按需注入」「未使用的组件」: what WeChat loads is what is used; and every sub-package is there before a shop without signal is entered.
import type { App } from '../app-parts.ts'
import { walk } from '../wxml.ts'

export function manifest({ compiled: { appJson }, parts }: App): string[] {
  const findings: string[] = []
  if (appJson['lazyCodeLoading'] !== 'requiredComponents') findings.push('miniprogram/app.json: lazyCodeLoading is not requiredComponents')
  const roots = (appJson.subPackages ?? []).map(({ root, name }) => ({ root, name }))
  const rules = (appJson['preloadRule'] ?? {}) as Record<string, { network?: string; packages: string[] }>
  for (const page of appJson.pages) {
    const rule = rules[page]
    const absent = roots.filter(({ root, name }) => !rule?.packages.some(given => given === root || given === name))
    for (const { root } of absent)
      findings.push(`miniprogram/app.json: ${page} does not preload ${root}: without a network none of its pages opens`)
    if (rule && rule.network !== 'all') findings.push(`miniprogram/app.json: ${page} preloads in wifi only; staff are seldom in one`)
  }
  for (const part of parts) {
    const used = new Set([
      ...part.placeholders,
      ...[...walk(part.wxml)].flatMap(({ name, attributes }) => [
        name,
        ...[...attributes].filter(([key]) => key.startsWith('generic:')).map(([, tag]) => tag),
      ]),
    ])
    for (const tag of part.declared) if (!used.has(tag)) findings.push(`${part.path}.json: <${tag}> is declared and not used`)
  }
  return findings
}
