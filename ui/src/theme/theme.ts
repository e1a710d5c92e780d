// Mantine's theme: dense, calm, one accent. Colours of states are in states.css, not here.
import {
  Badge,
  Button,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Modal,
  Notification,
  Switch,
  Table,
  Tabs,
  Tooltip,
} from "@mantine/core";

const wind: MantineColorsTuple = [
  "#effdfa",
  "#d3f8f0",
  "#a6efe2",
  "#6fdfd0",
  "#3ec6b9",
  "#1fa99e",
  "#14877f",
  "#0f6f69",
  "#0e5753",
  "#0b403e",
];

// Cool greys: Mantine's `dark` is what dark pages are painted with, from text (0) to the deepest ground (9).
const dark: MantineColorsTuple = [
  "#e3e6ea",
  "#b6bcc5",
  "#98a0ab",
  "#6b7480",
  "#343a43",
  "#282d35",
  "#1d2127",
  "#14171b",
  "#0f1115",
  "#0a0c0f",
];

const gray: MantineColorsTuple = [
  "#f9fafb",
  "#f3f4f6",
  "#e6e8ec",
  "#d8dbe1",
  "#c3c8d0",
  "#a2a9b4",
  "#6b7280",
  "#4b5462",
  "#303743",
  "#171b22",
];

const OVERLAY = { backgroundOpacity: 0.28 };
const CLOSE = { "aria-label": "Close" };
const TITLE = { fontSize: "0.9375rem", fontWeight: 600 };

export const theme = createTheme({
  primaryColor: "wind",
  primaryShade: 7,
  autoContrast: true,
  colors: { wind, dark, gray },
  fontFamily:
    'ui-sans-serif, -apple-system, BlinkMacSystemFont, "Segoe UI", Inter, Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "1.25rem" }, h2: { fontSize: "1.0625rem" }, h3: { fontSize: "0.9375rem" } },
  },
  defaultRadius: "md",
  radius: { sm: "4px", md: "6px", lg: "10px" },
  cursorType: "pointer",
  focusRing: "auto",
  components: {
    Button: Button.extend({ defaultProps: { size: "xs" } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: "sm" } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: false, fz: "xs" } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: CLOSE } }),
    Badge: Badge.extend({ defaultProps: { tt: "none" } }),
    Switch: Switch.extend({ defaultProps: { withThumbIndicator: false } }),
    Modal: Modal.extend({
      defaultProps: { overlayProps: OVERLAY, closeButtonProps: CLOSE, transitionProps: { duration: 120 } },
      styles: { title: TITLE, content: { border: "1px solid var(--line)" } },
    }),
    Drawer: Drawer.extend({
      defaultProps: { overlayProps: OVERLAY, closeButtonProps: CLOSE, transitionProps: { duration: 140 } },
      styles: { title: TITLE, content: { borderLeft: "1px solid var(--line)" } },
    }),
  },
});
