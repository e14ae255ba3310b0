import { protocol } from 'electron'
import { openBody } from './file-body.ts'
import { contentType, securityHeaders } from './headers.ts'
import { lookUp, type Manifest } from './manifest.ts'
import { scheme } from './origin.ts'

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

/** Serves the listed files and nothing else; whatever is asked otherwise is 404, without a word why. */
export function serve(manifest: Manifest): void {
  protocol.handle(scheme, request => respond(manifest, request))
}

export async function respond(manifest: Manifest, request: Request): Promise<Response> {
  const path = request.method === 'GET' ? lookUp(manifest, request.url) : null
  if (path === null) return notFound()
  try {
    const { body, bytes } = await openBody(path)
    const headers = { ...securityHeaders, 'Content-Type': contentType(path), 'Content-Length': String(bytes) }
    return new Response(body, { headers })
  } catch {
    return notFound()
  }
}

function notFound(): Response {
  return new Response('', { status: 404, headers: { ...securityHeaders, 'Content-Type': 'text/plain' } })
}
