/** What Thunderbird tells and asks the person in front of it: written down instead of shown, and answered as told. */
import type { Marionette } from './marionette.ts';

/** Buttons of "Login failed". */
export const RETRY = 0;
export const CANCEL = 1;

/** To be called once after each start. */
export async function recordPrompts(chrome: Marionette): Promise<void> {
  await chrome.run(
    `const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs');
     const shown = [];
     const answers = [];
     const show = (window, title, text) => {
       shown.push(text);
       return false;
     };
     const own = {
       recorded: { shown, answers },
       alert: show,
       // "Are you sure?" The person is.
       confirm(...question) {
         show(...question);
         return true;
       },
       confirmEx(...question) {
         show(...question);
         return answers.shift() ?? ${CANCEL};
       },
     };
     const original = Services.prompt;
     Services.prompt = new Proxy(own, {
       get: (_, name) => own[name] ?? (typeof original[name] === 'function' ? show : original[name]),
     });
     MailServices.mailSession.addUserFeedbackListener({
       QueryInterface: ChromeUtils.generateQI(['nsIMsgUserFeedbackListener']),
       onAlert(text) {
         shown.push(text);
         return true;
       },
       onCertError() {
         shown.push('certificate error');
       },
     });`,
  );
}

/** The next questions get these answers in turn, all others Cancel. */
export async function answerPrompts(chrome: Marionette, ...answers: readonly number[]): Promise<void> {
  await chrome.run('Services.prompt.recorded.answers.splice(0, Infinity, ...given.answers);', { answers });
}

/** What was shown since it was last asked. */
export async function takePrompts(chrome: Marionette): Promise<string[]> {
  return (await chrome.run('return Services.prompt.recorded.shown.splice(0);')) as string[];
}
