/** Settings of a gateway on free ports of this computer alone. */
export const freePorts = {
  POSTOLKA_POP3_HOST: '127.0.0.1',
  POSTOLKA_POP3_TLS_PORT: '0',
  POSTOLKA_POP3_START_TLS_PORT: '0',
  POSTOLKA_SMTP_HOST: '127.0.0.1',
  POSTOLKA_SMTP_TLS_PORT: '0',
  POSTOLKA_SMTP_START_TLS_PORT: '0',
};
