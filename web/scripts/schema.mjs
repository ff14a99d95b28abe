// Writes src/api/schema.ts from the server's OpenAPI document on standard input:
//   basedmusic openapi | npm run schema            (with `-- --check`: only says whether it is up to date)
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const TARGET = fileURLToPath(new URL("../src/api/schema.ts", import.meta.url));
const HEAD =
  "// Made from the server's OpenAPI document by scripts/schema.mjs. Change the server, then make it again.\n";

const SCALARS = { string: "string", integer: "number", number: "number", boolean: "boolean", null: "null" };

/** The TypeScript type of a JSON Schema, as far as pydantic writes them. Raises on what it does not know. */
function typeOf(schema) {
  if (schema.$ref) return schema.$ref.split("/").at(-1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" | ");
  if (schema.type === "array") return arrayOf(typeOf(schema.items ?? {}));
  if (schema.type === "object") return `Record<string, ${typeOf(schema.additionalProperties || {})}>`;
  if (schema.type in SCALARS) return SCALARS[schema.type];
  if (Object.keys(schema).length === 0) return "unknown";
  throw new Error(`No type for ${JSON.stringify(schema)}`);
}

const arrayOf = (item) => (item.includes("|") ? `(${item})[]` : `${item}[]`);

function declarationOf(name, schema) {
  const about = schema.description ? `/** ${schema.description.replace(/\s+/g, " ").trim()} */\n` : "";
  if (!schema.properties) return `${about}export type ${name} = ${typeOf(schema)};\n`;
  const required = new Set(schema.required);
  const lines = Object.entries(schema.properties).map(
    ([key, value]) => `  ${key}${required.has(key) ? "" : "?"}: ${typeOf(value)};\n`,
  );
  return `${about}export interface ${name} {\n${lines.join("")}}\n`;
}

const { schemas } = JSON.parse(readFileSync(0, "utf8")).components;
// A page of anything is one generic type of ours (types.ts).
const names = Object.keys(schemas).filter((name) => !name.startsWith("PageOut_"));
const text = [HEAD, ...names.map((name) => declarationOf(name, schemas[name]))].join("\n");

if (process.argv.includes("--check")) {
  if (readFileSync(TARGET, "utf8") !== text) {
    process.stderr.write("web/src/api/schema.ts is not what the server says; run: basedmusic openapi | npm run schema\n");
    process.exitCode = 1;
  }
} else writeFileSync(TARGET, text);
