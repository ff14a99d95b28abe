import { studioEn } from "../../lib/catalogue.studio.en";
import { addWords } from "../../lib/messages";

addWords(studioEn);
