// A phone's photo is larger than the hub needs: it is made smaller here, so that it is sent in a moment.
const EDGE_MOST = 2048; // as the hub keeps it
const QUALITY = 0.85;

async function smaller(file) {
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, EDGE_MOST / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return new File([drawn], "photo.jpg", { type: drawn.type });
}

// What the browser cannot draw is sent as it is: the hub says what is wrong with it.
async function fit(input, form) {
  const fault = form.querySelector("[role=alert]");
  fault.hidden = true;
  const [file] = input.files;
  if (!file) {
    return;
  }
  try {
    const chosen = new DataTransfer();
    chosen.items.add(await smaller(file));
    input.files = chosen.files;
  } catch {
    fault.hidden = file.size <= Number(form.dataset.most);
    fault.textContent = fault.hidden ? "" : form.dataset.tooLarge;
  }
}

addEventListener("change", (event) => {
  const form = event.target.closest("#photo-form");
  if (form && event.target.type === "file") {
    fit(event.target, form);
  }
});
