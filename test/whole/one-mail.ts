/** Sending one mail to one box of the demonstration, and what ISDS has of it in the end. */
import { onTestFinished } from 'vitest';
import { demoBoxes, demoLogins, type Population, State } from '../../src/sandbox/index.ts';
import { sendMail } from './smtp-session.ts';
import { domain, startWhole } from './whole.ts';

export interface Mail {
  readonly login?: string;
  readonly to: string;
  readonly headers?: readonly string[];
  readonly text?: string;
}

function passwordOf(login: string): string {
  return demoLogins.find(({ name }) => name === login)?.password ?? '';
}

/** The gateway before the demonstration's boxes, and one mail at a time. */
export async function house(settings: Readonly<Record<string, string>> = {}, population?: Population) {
  const whole = await startWhole({ settings, ...(population === undefined ? {} : { population }) });
  onTestFinished(() => whole.stop());
  const { calls, world } = whole.sandbox;
  return {
    ...whole,
    world,
    created: () => calls.count('CreateMessage') + calls.count('CreateMultipleMessage'),
    send: ({ login = 'pekar1', to, headers = [], text = 'Dobry den.' }: Mail) =>
      sendMail(whole.gateway.ports.smtp, login, passwordOf(login), {
        from: `${login}@${domain}`,
        to: `${to}@${domain}`,
        mail: [...headers, 'Subject: Zadost', '', text].join('\r\n'),
      }),
    /** The reply to RCPT. */
    name: (to: string, login = 'pekar1') =>
      sendMail(whole.gateway.ports.smtp, login, passwordOf(login), {
        from: `${login}@${domain}`,
        to: `${to}@${domain}`,
      }),
    sentTo: (box: string) => world.messagesOf(box, 'recipient').filter(({ annotation }) => annotation === 'Zadost'),
    /** Message-ID of the builder's offer to the company, whose answer is prepaid, delivered as if by login. */
    offer: () => {
      const message = world.messagesOf(demoBoxes.company, 'recipient').find(({ type }) => type === 'I');
      if (message === undefined) throw new Error('the demonstration has no initiatory message');
      world.setState(message.dmID, State.deliveredByLogin);
      return { message, reply: `In-Reply-To: <${message.dmID}@${domain}>` };
    },
  };
}
