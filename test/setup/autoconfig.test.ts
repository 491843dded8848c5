/** Thunderbird, KMail and Evolution look for settings at four addresses and find the same. */
import { validateXML } from 'xmllint-wasm';
import { describe, expect, test } from 'vitest';
import { domain, startService } from './service.ts';

const paths = ['/mail/config-v1.1.xml', '/.well-known/autoconfig/mail/config-v1.1.xml'];

describe.each(paths)('%s', (path) => {
  test('has the settings as XML, whoever asks', async () => {
    const service = await startService();
    const plain = await service.ask(`GET ${path}`);
    expect(plain.status).toBe(200);
    expect(plain.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    for (const query of ['?emailaddress=novak12%40datovka.example.cz', '?emailaddress=%00%3Cx%3E', '?%%%%']) {
      expect((await service.ask(`GET ${path}${query}`)).body).toBe(plain.body);
    }
  });

  test('HEAD is answered like GET, without the document', async () => {
    const service = await startService();
    const [head, get] = [await service.ask(`HEAD ${path}`), await service.ask(`GET ${path}`)];
    expect(head.status).toBe(200);
    expect(head.body).toBe('');
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(get.body)));
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'])('%s is not allowed', async (method) => {
    const { status, headers } = await (await startService()).ask(`${method} ${path}`);
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('GET, HEAD');
  });
});

/** What the draft asks of a document of this kind: the elements, their order left free where it is. */
const grammar = `<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="host"><xs:restriction base="xs:string"><xs:pattern value="[a-z0-9.\\-]+"/></xs:restriction></xs:simpleType>
  <xs:group name="server"><xs:sequence>
    <xs:element name="hostname" type="host"/>
    <xs:element name="port" type="xs:unsignedShort"/>
    <xs:element name="socketType"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="SSL"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="authentication"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="password-cleartext"/></xs:restriction></xs:simpleType></xs:element>
    <xs:element name="username"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="%EMAILADDRESS%"/></xs:restriction></xs:simpleType></xs:element>
  </xs:sequence></xs:group>
  <xs:element name="clientConfig"><xs:complexType><xs:sequence>
    <xs:element name="emailProvider"><xs:complexType><xs:sequence>
      <xs:element name="domain" type="host" maxOccurs="unbounded"/>
      <xs:element name="displayName" type="xs:string"/>
      <xs:element name="displayShortName" type="xs:string"/>
      <xs:element name="incomingServer"><xs:complexType><xs:sequence>
        <xs:group ref="server"/>
        <xs:element name="pop3"><xs:complexType><xs:sequence>
          <xs:element name="leaveMessagesOnServer" type="xs:boolean"/>
          <xs:element name="downloadOnBiff" type="xs:boolean"/>
          <xs:element name="daysToLeaveMessagesOnServer" type="xs:integer"/>
          <xs:element name="checkInterval"><xs:complexType><xs:attribute name="minutes" type="xs:integer" use="required"/></xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>
      </xs:sequence><xs:attribute name="type" fixed="pop3" use="required"/></xs:complexType></xs:element>
      <xs:element name="outgoingServer"><xs:complexType><xs:sequence><xs:group ref="server"/></xs:sequence>
        <xs:attribute name="type" fixed="smtp" use="required"/></xs:complexType></xs:element>
      <xs:element name="documentation"><xs:complexType><xs:sequence>
        <xs:element name="descr" maxOccurs="unbounded"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
          <xs:attribute name="lang" type="xs:language" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
      </xs:sequence><xs:attribute name="url" type="xs:anyURI" use="required"/></xs:complexType></xs:element>
    </xs:sequence><xs:attribute name="id" type="host" use="required"/></xs:complexType></xs:element>
  </xs:sequence><xs:attribute name="version" fixed="1.1" use="required"/></xs:complexType></xs:element>
</xs:schema>`;

test('the document has one block for each protocol, one way to log in, and everything that programs insist on', async () => {
  const { body } = await (await startService()).ask('GET /mail/config-v1.1.xml');
  const { errors } = await validateXML({ xml: { fileName: 'config.xml', contents: body }, schema: grammar });
  expect(errors).toEqual([]);
  expect(body).toContain(`<hostname>pop3.${domain}</hostname>\n      <port>995</port>`);
  expect(body).toContain(`<hostname>smtp.${domain}</hostname>\n      <port>465</port>`);
});

test('messages stay on the server, without an end', async () => {
  const { body } = await (await startService()).ask('GET /mail/config-v1.1.xml');
  expect(body).toContain('<leaveMessagesOnServer>true</leaveMessagesOnServer>');
  expect(body).toContain('<daysToLeaveMessagesOnServer>0</daysToLeaveMessagesOnServer>');
});
