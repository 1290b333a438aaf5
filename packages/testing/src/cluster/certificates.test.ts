import { X509Certificate, createPrivateKey } from 'node:crypto';
import { makeAuthority } from './certificates';

describe('makeAuthority', () => {
  describe('when it certifies a client', () => {
    it('names the user and the groups, for a client alone, with the key that fits', async () => {
      const authority = await makeAuthority('one');
      const { cert, key } = await authority.client({
        name: 'system:node:n1',
        groups: ['system:nodes', 'people, of "two" = names'],
      });
      const certificate = new X509Certificate(cert);
      expect(certificate.subject.split('\n')).toEqual([
        'CN=system:node:n1',
        'O=system:nodes',
        String.raw`O=people\, of \"two\" = names`,
      ]);
      expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
      expect(certificate.ca).toBe(false);
      expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
      const issuer = new X509Certificate(authority.cert);
      expect(issuer.ca).toBe(true);
      expect(certificate.checkIssued(issuer)).toBe(true);
      expect(certificate.verify(issuer.publicKey)).toBe(true);
    });

    it('lets it expire when it is asked to', async () => {
      const authority = await makeAuthority('one');
      const expiry = async (expiresInSeconds: number) => {
        const { cert } = await authority.client({
          name: 'u',
          expiresInSeconds,
        });
        const { validFromDate, validToDate } = new X509Certificate(cert);
        expect(validFromDate.getTime()).toBeLessThan(validToDate.getTime());
        return (validToDate.getTime() - Date.now()) / 1000;
      };
      expect(Math.abs((await expiry(120)) - 120)).toBeLessThan(60);
      expect(await expiry(-1)).toBeLessThan(0);
      expect(await expiry(-3600)).toBeLessThan(-3000);
    });
  });

  describe('when it certifies a server', () => {
    it('names its hosts and addresses, for a server alone', async () => {
      const authority = await makeAuthority('one');
      const { cert } = await authority.serving([
        'localhost',
        '127.0.0.1',
        '::1',
      ]);
      const certificate = new X509Certificate(cert);
      expect(certificate.checkHost('localhost')).toBe('localhost');
      expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
      expect(certificate.checkIP('::1')).toBe('::1');
      expect(certificate.checkHost('elsewhere')).toBeUndefined();
      expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    });
  });

  describe('when another one has the same name', () => {
    it('certifies with a key of its own', async () => {
      const [one, other] = [await makeAuthority('a'), await makeAuthority('a')];
      const { cert } = await one.client({ name: 'u' });
      const { publicKey } = new X509Certificate(other.cert);
      expect(new X509Certificate(cert).verify(publicKey)).toBe(false);
    });
  });
});
