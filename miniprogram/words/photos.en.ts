// English for photos.zh-CN.ts, same keys.
import type { photosZhCN } from './photos.zh-CN'

export const photosEn: Record<keyof typeof photosZhCN, string> = {
  'photo.consent_refused.fact': 'No consent to the privacy guideline',
  'photo.consent_refused.text': 'Without it WeChat keeps the camera closed. Tap once more to agree.',
  'photo.camera_refused.fact': 'Camera not allowed for WeChat',
  'photo.camera_refused.text': "Allow it in the phone's settings, then take the photo.",
  'photo.no_memory.fact': 'Not enough memory to open the camera',
  'photo.no_memory.text': 'Close some apps and try again. What you filled in is kept.',
  'photo.not_supported.fact': 'WeChat on this device cannot take photos',
  'photo.not_supported.text': 'Take the photo with WeChat on a phone.',
  'photo.failed.fact': 'The camera did not open',
  'photo.failed.text': 'Tap once more. If it still does not open, restart WeChat.',
  'photo.storage_full.fact': 'The photo was not saved',
  'photo.storage_full.text': 'This phone is full. Free some space and take it again.',
  'photo.unreadable.fact': 'The photo was not saved',
  'photo.unreadable.text': 'That file is not a photo. Choose another one.',
  'photo.too_many.fact': 'At most 9 photos',
  'photo.too_many.text': 'Delete one first.',
  'photo.unmarked.fact': 'Photo saved without a watermark',
  'photo.unmarked.text': 'This phone cannot print time and numbers on it. You can still submit it.',
}
