/** Looking without delivering: certificate logins may ask which messages arrived in the last three days (isds §4.4). */
import { child, childBoolean, childDate, childIdentifier, childInteger, children, childText } from '../soap/answer.ts';
import { element, elements, type Operation } from '../soap/operation.ts';
import type { Notification, NotificationPage } from '../types.ts';
import type { XmlElement } from '../xml/xml.ts';
import { MalformedXml } from '../xml/xml-text.ts';

const REGISTER = 1;

/** 1269, registered already, is among the successes of the status table. */
export const registerForNotifications: Operation<void, void> = {
  name: 'RegisterForNotifications',
  service: 'dx',
  write: () => element('action', REGISTER),
  read: () => undefined,
};

export const listNotifications: Operation<Date, NotificationPage> = {
  name: 'GetListForNotifications',
  service: 'dx',
  write: (from) => elements(['ntfFromTime', from], ['ntfScope', 'SINGLE_BOX']),
  read(answer) {
    const records = child(answer, 'ntfRecords');
    return {
      notifications: records === undefined ? [] : children(records, 'ntfRecord').map(readNotification),
      continues: childBoolean(answer, 'ntfListContinues') ?? false,
    };
  },
};

function readNotification(record: XmlElement): Notification {
  const dmID = childIdentifier(record, 'dmID');
  if (dmID === undefined) throw new MalformedXml('notification without dmID');
  return {
    dmID,
    arrivedAt: childDate(record, 'dmDeliveryTime'),
    // A number here, unlike in lists.
    personalDelivery: childInteger(record, 'dmPersonalDelivery') === 1,
    recipientBox: childIdentifier(record, 'dbIDRecipient'),
    annotation: childText(record, 'dmAnnotation'),
    senderBox: childIdentifier(record, 'dbIDSender'),
    sender: childText(record, 'dmSender'),
  };
}
