import { protocol } from 'electron'
import type { Manifest } from './manifest.ts'
import { scheme } from './origin.ts'
import type { RefusalLog } from './refusals.ts'
import { respond } from './respond.ts'

/** Must run before `ready`. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        corsEnabled: true,
        codeCache: true,
      },
    },
  ])
}

/** Answers every request of the scheme from now on; call once, after `ready`. */
export function serve(manifest: Manifest, log: RefusalLog): void {
  protocol.handle(scheme, request => respond(request, manifest, log))
}
