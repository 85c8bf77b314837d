// What a notice opens, for the app and for WeChat's message about it.

/** Path of the app, without a slash in front: WeChat wants it so in a message. */
export function noticePage(kind: 'closing' | 'shop' | 'rollout', about: string): string {
  const id = encodeURIComponent(about)
  if (kind === 'closing') return `packages/manage/approvals/index?request_id=${id}`
  if (kind === 'shop') return `packages/merchant/detail/index?sub_mchid=${id}`
  return `packages/manage/rollouts/index?id=${id}`
}
