import { settingsEn } from "../../lib/catalogue.settings.en";
import { addWords } from "../../lib/messages";

addWords(settingsEn);
