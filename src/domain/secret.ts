/**
 * Names under which platforms' exports carry credentials. A column or JSON path whose name matches is dropped
 * by the readers, before anything is stored (Azure IoT Hub `authentication.*`, Alibaba Cloud `DeviceSecret`,
 * ThingsBoard `credentialsValue`, EMQX `password`, Huawei IoTDA `auth_info`, JetLinks `secureKey`, the `psk` of LwM2M,
 * and the like). Blanks between words count as `_`.
 */
const secretNames: readonly RegExp[] = [
  /^authentication(\.|$)/i,
  /(^|[._])(primary|secondary)[_-]?key$/i,
  /symmetric[_-]?key/i,
  /(device|product|app|client|shared)[_-]?secret/i,
  /(^|[._-])secret([._-]|$)/i,
  /secret[_-]?(access[_-]?)?key/i,
  /pass[_-]?(word|wd|phrase)([_-]?(hash|digest|salt))?$/i,
  /(mqtt|user|login|db|auth)[_-]?pass$/i,
  /(^|[._-])(psk|jwt)$|(dtls|tls|bootstrap|lwm2m|pre[_-]?shared)[_-]?(psk|key)$/i,
  /(^|[._])pwd$/i,
  /(access|auth|refresh|bearer|sas|session|api|security)[_-]?token/i,
  /^token$/i,
  /(api|access|shared[_-]?access|private|signing|secure)[_-]?key/i,
  /^auth[_-]?info(\.|$)/i,
  /credentials?([_-]?(value|id))?$/i,
  /credentials\./i,
  /connection[_-]?string/i,
  /(primary|secondary)?[_-]?thumbprint$/i,
  /密钥|密匙|密码|口令|令牌|连接字?符?串/,
]

/** True when a column name or dotted JSON path names a credential. */
export function isSecretName(path: string): boolean {
  const joined = path.replaceAll(/\s+/g, '_')
  return secretNames.some(pattern => pattern.test(joined))
}
