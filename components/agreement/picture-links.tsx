"use client";
import { showToast } from "@/components/ui/toasts";

/** How much larger than on the page a picture is drawn as PNG, for print. */
const SCALE = 3;

/** Links to a chart as SVG and CSV, and a button that draws it as PNG in the browser. */
export function PictureLinks({ svg, csv, name }: { svg: string; csv: string; name: string }) {
  const look = "inline-flex min-h-6 items-center text-accent underline underline-offset-2";
  return (
    <>
      <a className={look} href={svg} download>
        SVG
      </a>
      <button
        type="button"
        className={look}
        onClick={() => {
          savePng(svg, name).catch(() =>
            showToast({ tone: "bad", message: "The picture could not be drawn. Take the SVG." }),
          );
        }}
      >
        PNG
      </button>
      <a className={look} href={csv} download>
        CSV
      </a>
    </>
  );
}

async function savePng(address: string, name: string): Promise<void> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await response.text())}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * SCALE;
  canvas.height = image.height * SCALE;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser cannot draw.");
  context.scale(SCALE, SCALE);
  context.drawImage(image, 0, 0);
  const link = document.createElement("a");
  link.href = canvas.toDataURL("image/png");
  link.download = `${name}.png`;
  link.click();
}
