// 性能诊断「按需注入」「未使用的组件」: what WeChat loads is what is used.
import type { App } from '../app-parts.ts'
import { walk } from '../wxml.ts'

export function manifest({ compiled: { appJson }, parts }: App): string[] {
  const findings: string[] = []
  if (appJson['lazyCodeLoading'] !== 'requiredComponents') findings.push('miniprogram/app.json: lazyCodeLoading is not requiredComponents')
  for (const part of parts) {
    const used = new Set(
      [...walk(part.wxml)].flatMap(({ name, attributes }) => [
        name,
        ...[...attributes].filter(([key]) => key.startsWith('generic:')).map(([, tag]) => tag),
      ]),
    )
    for (const tag of part.declared) if (!used.has(tag)) findings.push(`${part.path}.json: <${tag}> is declared and not used`)
  }
  return findings
}
