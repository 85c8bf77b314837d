// What WeChat Pay has against the provider itself: a banner that says since when and who has been told. Merchants keep their own state.
import { bound } from './bound'
import { errorKey } from '../domain/error-copy'
import { absoluteTime } from '../domain/relative-time'
import { stores } from '../stores/index'

const { preferences, session } = stores

/** Data: trouble, `{ fact, text }` or null. */
export const providerTrouble = Behavior({
  behaviors: [
    bound({
      trouble: () => {
        const trouble = session.me?.provider.trouble
        const title = trouble && errorKey(trouble.code, 'title')
        if (!trouble || !title) return null
        const { say, language } = preferences
        const time = absoluteTime(trouble.since, session.serverNow(), say, { today: true })
        const told = trouble.told.join(language === 'en' ? ', ' : '、')
        return { fact: say(title), text: told ? say('trouble.text', { time, told }) : say('trouble.text.nobody', { time }) }
      },
    }),
  ],
})
