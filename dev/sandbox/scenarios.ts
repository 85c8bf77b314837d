// What can be arranged for one merchant: each scenario is a refusal, a rule of WeChat's that is put into force, or a fault of the wire.
import type { RefusalName } from './refusals.ts'

/**
 * Where the wire fails:
 * lost_before – connection cut, nothing changed · lost_after – changed, connection cut · slow – changed, answer after delay_seconds ·
 * late – changed and answered after delay_seconds, whether or not anybody still waits ·
 * cut_body – changed, half of the answer · the others answer wrongly after the change.
 */
export type Fault =
  | 'lost_before'
  | 'lost_after'
  | 'slow'
  | 'late'
  | 'cut_body'
  | 'bad_gateway'
  | 'gateway_timeout'
  | 'accepted_202'
  | 'forged'
  | 'tampered'
  | 'stale'
  | 'signtest'
  | 'unsigned'
  | 'unknown_serial'
  | 'other_merchant'

/** `when` limits a refusal to the calls in which WeChat Pay can say it; elsewhere the scenario is as normal. */
interface Scenario {
  label: string
  refusal?: RefusalName
  when?: 'gold_plan_open' | 'gold_plan_close' | 'receipt_open' | 'advertising'
  fault?: Fault
}

export const SCENARIOS = {
  normal: { label: '正常' },
  unrelated: { label: '不是本服务商的特约商户', refusal: 'unrelated' },
  not_exists: { label: '商户号不存在', refusal: 'not_exists' },
  punished: { label: '特约商户被处罚', refusal: 'punished' },
  receipt_link_missing: { label: '未配置商家小票链接', refusal: 'receipt_link_missing', when: 'receipt_open' },
  default_open: { label: '默认开通，不能单独关闭', refusal: 'default_open', when: 'gold_plan_close' },
  closed_on_console: { label: '24 小时内在平台上关闭过', refusal: 'reopen_locked', when: 'gold_plan_open' },
  scene_replaces: { label: '开通一个场景，另一个就关了（没有文档，假设）' },
  gold_plan_needed: { label: '未开通点金计划（过滤、广告）', refusal: 'gold_plan_needed', when: 'advertising' },
  rate_limited_400: { label: '命中频率限制（400）', refusal: 'rate_limited_400' },
  rate_limited_429: { label: '频率超限（429）', refusal: 'rate_limited_429' },
  rate_limited_429_misspelt: { label: '频率超限（429，旧写法）', refusal: 'rate_limited_429_misspelt' },
  operation_failed_400: { label: '操作失败（400）', refusal: 'operation_failed_400' },
  operation_failed: { label: '操作失败（500）', refusal: 'operation_failed' },
  operation_failed_spaced: { label: '操作失败（500，旧写法）', refusal: 'operation_failed_spaced' },
  system_error: { label: '系统繁忙（500）', refusal: 'system_error' },
  system_error_spaced: { label: '系统繁忙（500，旧写法）', refusal: 'system_error_spaced' },
  service_unavailable: { label: '服务不可用（503）', refusal: 'service_unavailable' },
  bad_gateway: { label: '网关错误（502）', fault: 'bad_gateway' },
  gateway_timeout: { label: '网关超时（504，已变更）', fault: 'gateway_timeout' },
  sign_error_500: { label: '签名错误（500，旧写法）', refusal: 'sign_error_500' },
  no_auth: { label: '无权限（403）', refusal: 'no_auth' },
  param_error: { label: '参数错误', refusal: 'param_error' },
  type_illegal: { label: '商户类型不合法', refusal: 'type_illegal' },
  unclassified: { label: '没见过的报错', refusal: 'unclassified' },
  lost_before: { label: '断线，未变更', fault: 'lost_before' },
  lost_after: { label: '断线，已变更', fault: 'lost_after' },
  slow: { label: '很久才应答（已变更）', fault: 'slow' },
  late: { label: '很久才处理，处理后才变更并应答', fault: 'late' },
  cut_body: { label: '应答只有一半（已变更）', fault: 'cut_body' },
  accepted_202: { label: '已受理（202）', fault: 'accepted_202' },
  forged: { label: '伪造的签名', fault: 'forged' },
  tampered: { label: '应答被改过', fault: 'tampered' },
  stale: { label: '过期的应答', fault: 'stale' },
  signtest: { label: '签名探测（SIGNTEST）', fault: 'signtest' },
  unsigned: { label: '没有签名的应答', fault: 'unsigned' },
  unknown_serial: { label: '序列号不认识的应答', fault: 'unknown_serial' },
  other_merchant: { label: '应答里是别的商户号', fault: 'other_merchant' },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof SCENARIOS
export const isScenarioName = (name: unknown): name is ScenarioName => typeof name === 'string' && Object.hasOwn(SCENARIOS, name)
export const scenarioOf = (name: ScenarioName): Scenario => SCENARIOS[name]
