"use server";
/** What components call to write. Anybody can call these over the network: each hands its input to one use case. */
import { shown } from "@/lib/server/form";
import * as preview from "@/lib/services/import-preview";
import * as imports from "@/lib/services/imports";

export async function createImport(input: Parameters<typeof imports.createImport>[0]) {
  return imports.createImport(input);
}

export async function addImportText(input: Parameters<typeof imports.addImportText>[0]) {
  return imports.addImportText(input);
}

export async function addImportAddresses(input: Parameters<typeof imports.addImportAddresses>[0]) {
  return imports.addImportAddresses(input);
}

export async function readImport(input: Parameters<typeof imports.readImport>[0]) {
  return shown(await imports.readImport(input));
}

export async function startImport(input: Parameters<typeof imports.startImport>[0]) {
  return shown(await imports.startImport(input));
}

export async function cancelImport(input: Parameters<typeof imports.cancelImport>[0]) {
  return shown(await imports.cancelImport(input));
}

export async function leaveOutImportRow(input: Parameters<typeof imports.leaveOutImportRow>[0]) {
  return shown(await imports.leaveOutImportRow(input));
}

export async function describeImportRow(input: Parameters<typeof preview.describeImportRow>[0]) {
  return shown(await preview.describeImportRow(input));
}

export async function previewImportRow(input: Parameters<typeof preview.previewImportRow>[0]) {
  return preview.previewImportRow(input);
}
