// What is more comfortable with JavaScript: completion of names, the facts of a mark in the reading view, the graph.
import { complete } from "./complete.js";
import { read } from "./reading.js";

for (const input of document.querySelectorAll("input[data-complete]")) complete(input);
if (document.body.classList.contains("reading")) read(document);
if (document.querySelector("[data-neighbourhood]")) import("./neighbourhood.js");
