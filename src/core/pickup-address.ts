/** The gateway's own address: a mail to it allows one pick-up, whatever the policy says. */
export function pickupAddress(domain: string): string {
  return `vyzvednout@${domain}`;
}
