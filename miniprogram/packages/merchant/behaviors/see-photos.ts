// The photos of an item of evidence, full screen. Links last 15 minutes, so they are asked for at the tap.
import { previewPhotos, sayNote } from '../../../behaviors/telling'
import { app } from '../../../stores/index'
import { stores } from '../stores/index'
import '../words/words'

export const seePhotos = Behavior({
  methods: {
    async onPhotos(event: WechatMiniprogram.CustomEvent<{ ids: string[] }>) {
      const links = await Promise.all(event.detail.ids.map(id => app.context.api.getPhotoLink(id).catch(() => null)))
      const urls = links.flatMap(link => (link ? [app.baseUrl() + link.url] : []))
      if (urls.length > 0) previewPhotos(urls, urls[0] ?? '')
      else sayNote(stores.preferences.say('evidence_page.photos_failed'))
    },
  },
})
