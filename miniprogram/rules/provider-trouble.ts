// What WeChat Pay has against the provider itself, in words: what, since when, and who has been told.
import type { Me, ProviderTrouble } from '../../typings/api'
import { errorKey } from './error-copy'
import { absoluteTime } from './relative-time'
import type { Language, Say } from '../words/say'

/**
 * @param now the server's time, milliseconds
 * @returns null when there is nothing to say
 */
export function troubleBanner(
  trouble: ProviderTrouble | null,
  now: number,
  say: Say,
  language: Language,
): { fact: string; text: string } | null {
  const title = trouble && errorKey(trouble.code, 'title')
  if (!trouble || !title) return null
  const time = absoluteTime(trouble.since, now, say, { today: true })
  const told = trouble.told.join(language === 'en' ? ', ' : '、')
  // one of several numbers: shops of the others are not concerned
  const fact = trouble.number ? say('trouble.number', { ...trouble.number, title: say(title) }) : say(title)
  if (!told) return { fact, text: say('trouble.text.nobody', { time }) }
  // answers that cannot be verified are of this kind too: what they answered may have been done
  return { fact, text: say(trouble.code === 'WX_CONFIG' ? 'trouble.text.config' : 'trouble.text', { time, told }) }
}

/** While verdicts follow a change of 默认开通: those on screen may still be the old ones. */
export function rederivingText(provider: Me['provider'] | undefined, say: Say): string {
  const under = provider?.rederiving
  if (!under) return ''
  if (!under.total) return say('rederiving.begins')
  return say('rederiving.text', { percent: Math.min(99, Math.floor((under.done / under.total) * 100)) })
}
