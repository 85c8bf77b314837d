import { describeGallery } from './describe.ts'
import { TDESIGN } from './tdesign.ts'

describeGallery(TDESIGN)
