import type { DiaryTexts } from './en';

const es: DiaryTexts = { name: 'Charley' };
export default es;
