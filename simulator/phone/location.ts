// Where the phone is: what a person or a test sets it to.

export interface Place {
  latitude: number
  longitude: number
}

/** The person does not give their location to the app. */
export const REFUSED = 'deny'

/** `22.5431,114.0579`, Chinese commas and blanks included. @returns undefined for what is no place on earth */
export function readPlace(text: string): Place | undefined {
  const [, latitude, longitude] = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text) ?? []
  const place = { latitude: Number(latitude), longitude: Number(longitude) }
  return Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180 ? place : undefined
}

export const writtenPlace = ({ latitude, longitude }: Place): string => `${latitude},${longitude}`

/** @throws Error that shows how a location is written */
export function checkLocation(text: string): void {
  if (text === '' || text === REFUSED || readPlace(text)) return
  throw new Error(`location: "${text}" is none; give "latitude,longitude", "${REFUSED}", or "" to be asked`)
}
