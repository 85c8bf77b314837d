// What WeChat Pay has against the provider itself: a banner that says since when and who has been told. Merchants keep their own state.
import { bound } from './bound'
import { rederivingText, troubleBanner } from '../rules/provider-trouble'
import { stores } from '../stores/index'

const { preferences, session } = stores

/** Data: trouble, `{ fact, text }` or null; rederiving, a sentence or empty. */
export const providerTrouble = Behavior({
  behaviors: [
    bound({
      rederiving: () => rederivingText(session.me?.provider, preferences.say),
      trouble: () => troubleBanner(session.me?.provider.trouble ?? null, session.serverNow(), preferences.say, preferences.language),
    }),
  ],
})
