import { z } from '../../domain/schema.ts'
import { openBody } from './file-body.ts'
import { contentType, reportPath, securityHeaders } from './headers.ts'
import { lookUp, type Manifest } from './manifest.ts'
import { home } from './origin.ts'
import type { RefusalLog } from './refusals.ts'

/**
 * Serves the listed files and nothing else; whatever is asked otherwise is 404, without a word why. What Chromium
 * refuses by the Content-Security-Policy, in pages and workers, it reports here, and it goes to the log.
 */
export async function respond(request: Request, manifest: Manifest, log: RefusalLog): Promise<Response> {
  if (request.method === 'POST' && request.url === policyReports) return await receiveViolation(request, log)
  const path = request.method === 'GET' ? lookUp(manifest, request.url) : null
  return path === null ? notFound() : await sendFile(path)
}

async function sendFile(path: string): Promise<Response> {
  try {
    const { body, bytes } = await openBody(path)
    const headers = { ...securityHeaders, 'Content-Type': contentType(path), 'Content-Length': String(bytes) }
    return new Response(body, { headers })
  } catch {
    return notFound()
  }
}

const policyReports = new URL(reportPath, home).href
const report = z.object({
  'csp-report': z.object({ 'blocked-uri': z.string(), 'effective-directive': z.string() }),
})

async function receiveViolation(request: Request, log: RefusalLog): Promise<Response> {
  const parsed = report.safeParse(await request.json().catch(() => null))
  if (!parsed.success) return notFound()
  const { 'blocked-uri': blocked, 'effective-directive': directive } = parsed.data['csp-report']
  log.note('policy', blocked, directive)
  return new Response(null, { status: 204, headers: securityHeaders })
}

function notFound(): Response {
  return new Response('', { status: 404, headers: { ...securityHeaders, 'Content-Type': 'text/plain' } })
}
