// Why a camera did not give a picture. WeChat tells causes apart by text only: "chooseMedia:fail cancel", "scanCode:fail auth deny", "…:fail system
// permission denied", "…:fail privacy permission is not authorized", "…:fail out of memory", "…:fail not supported".

/**
 * cancelled: the person went back · consent_refused: no consent to the privacy guideline · camera_refused: WeChat may not use the camera · no_memory ·
 * not_supported: WeChat on this machine has no camera · failed: anything else
 */
export type CameraFailure = 'cancelled' | 'consent_refused' | 'camera_refused' | 'no_memory' | 'not_supported' | 'failed'

const CAUSES: readonly (readonly [RegExp, CameraFailure])[] = [
  [/cancel/, 'cancelled'],
  // not declared in the console's guideline is no refusal of the person, and asking again does not help
  [/privacy agreement|not declared/, 'not_supported'],
  [/privacy/, 'consent_refused'],
  [/memory|oom\b/, 'no_memory'],
  [/not.?support|unsupport|not implement|not available|unavailable|no camera|can ?not find camera/, 'not_supported'],
  [/auth|permission|denied|deny/, 'camera_refused'],
]

export function cameraFailure(errMsg: string | undefined): CameraFailure {
  const text = (errMsg ?? '').toLowerCase()
  return CAUSES.find(([cause]) => cause.test(text))?.[1] ?? 'failed'
}
