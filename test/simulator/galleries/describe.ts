// What is expected of every component of a library.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { removeProjects } from '../support/project.ts'
import { componentsOf, Gallery, type Library } from './gallery.ts'

export function describeGallery(library: Library): void {
  describe(`given every component of ${library.package}`, () => {
    let gallery: Gallery
    beforeAll(async () => {
      gallery = await Gallery.open(library)
    })
    afterAll(async () => {
      await gallery.close()
      removeProjects()
    })

    test('when the folders of the package are read then each component has one specimen', () => {
      const shown = library.specimens.flatMap(({ shows }) => shows.split(' ')).sort()
      expect(shown).toEqual([...componentsOf(library).keys()].sort())
    })

    test.each(library.specimens.map(specimen => [specimen.shows, specimen] as const))(
      'when %s is opened and tapped then it is drawn, answers, and nothing is complained of',
      async (_, specimen) => {
        expect(await gallery.tryOut(specimen)).toEqual([])
      },
    )
  })
}
