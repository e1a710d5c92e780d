// Lays out one graph and says where its nodes go.
import { layout, type Wanted } from "./layout";

addEventListener("message", (event: MessageEvent<Wanted>) => postMessage(layout(event.data)));
