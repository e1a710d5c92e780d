// `?`: the keys that hold on this page, as a dialog.
import { Kbd, Modal, Stack, Table, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useActiveShortcuts, useShortcut } from "./shortcuts";

export function KeysHelp() {
  const [opened, { open, close }] = useDisclosure(false);
  useShortcut("?", "Show the keys of this page", open, "Everywhere");
  return (
    <Modal opened={opened} onClose={close} title="Keys" size="md">
      {opened && <Keys />}
    </Modal>
  );
}

function Keys() {
  const all = useActiveShortcuts();
  const groups = [...new Set(all.map((one) => one.group))];
  return (
    <Stack gap="md">
      {groups.map((group) => (
        <section key={group}>
          <Title order={3} size="sm" mb={4}>
            {group}
          </Title>
          <Table verticalSpacing={4}>
            <Table.Tbody>
              {latestOf(all.filter((one) => one.group === group)).map((one) => (
                <Table.Tr key={one.keys}>
                  <Table.Td>{one.label}</Table.Td>
                  <Table.Td ta="right">
                    {one.keys.split(" ").map((key) => (
                      <Kbd key={key} ml={4} size="xs">
                        {key}
                      </Kbd>
                    ))}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      ))}
    </Stack>
  );
}

function latestOf<T extends { keys: string }>(all: T[]): T[] {
  return [...new Map(all.map((one) => [one.keys, one])).values()];
}
