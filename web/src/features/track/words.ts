import { listeningEn } from "../../lib/catalogue.listening.en";
import { addWords } from "../../lib/messages";

addWords(listeningEn);
