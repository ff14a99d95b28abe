export function drawIcons(): Map<string, Buffer>;
