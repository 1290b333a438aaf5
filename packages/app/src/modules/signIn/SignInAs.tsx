import { SidebarItem } from '@backstage/core-components';
import {
  configApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import { RiUserLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { keepUser, localUsers, nameOf } from './localUser';

/**
 * Who is signed in, in the menu; behind it the other users of this machine, none of whom has a password. Absent where
 * there is only one.
 */
export function SignInAs(props: {
  /** Opens the page anew, as whom was chosen. Default: a reload. */
  readonly onChosen?: () => void;
}) {
  const { onChosen = () => window.location.reload() } = props;
  const config = useApi(configApiRef);
  const current = useSignedIn();
  const [isOpen, setOpen] = useState(false);
  const users = localUsers(config);
  if (users.length === 0 || current === undefined) return null;
  return (
    <>
      <SidebarItem
        icon={() => <RiUserLine />}
        text={`As ${nameOf(current)}`}
        onClick={() => setOpen(true)}
      />
      <Dialog isOpen={isOpen} onOpenChange={setOpen} width={360}>
        <DialogHeader>{`Signed in as ${nameOf(current)}`}</DialogHeader>
        <DialogBody>
          <Flex direction="column" gap="3">
            <Text>
              Nobody has a password on this machine. Each sees and may do what
              the policy says.
            </Text>
            {users
              .filter(ref => ref !== current)
              .map(ref => (
                <Button
                  key={ref}
                  variant="secondary"
                  onPress={() => {
                    keepUser(ref, config, window.localStorage);
                    onChosen();
                  }}
                >
                  {`Sign in as ${nameOf(ref)}`}
                </Button>
              ))}
          </Flex>
        </DialogBody>
        <DialogFooter>
          <Button slot="close" variant="tertiary">
            Cancel
          </Button>
        </DialogFooter>
      </Dialog>
    </>
  );
}

function useSignedIn(): string | undefined {
  const identity = useApi(identityApiRef);
  const [ref, setRef] = useState<string>();
  useEffect(() => {
    let isGone = false;
    identity.getBackstageIdentity().then(
      ({ userEntityRef }) => {
        if (!isGone) setRef(userEntityRef);
      },
      // Without a session every page says so: the menu need not.
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [identity]);
  return ref;
}
