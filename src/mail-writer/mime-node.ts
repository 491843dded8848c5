/** nodemailer's MimeNode, used for headers only: folding, RFC 2047 words and RFC 2231 parameters. */
import MimeNodeModule from 'nodemailer/lib/mime-node';

export { MimeNodeModule as MimeNode };
