// A chart is drawn from the table that stands beside it, so the two can never disagree and the page is whole without scripts.
// Passes a strict CSP: SVG renderer, tooltips as richText (the html ones write style=).
import { BarChart, LineChart, RadarChart } from 'echarts/charts';
import { GridComponent, RadarComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([LineChart, BarChart, RadarChart, GridComponent, RadarComponent, TooltipComponent, SVGRenderer]);

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const root = document.documentElement;

// «1 204», «61,5», «−4», «84 %»; «мало данных» and «нет данных» are gaps, never zeros.
function number(text) {
  const value = parseFloat(text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.').replace('−', '-'));
  return Number.isNaN(value) ? null : value;
}

function readTable(table) {
  const heads = [...table.tHead.rows[0].cells];
  const plotted = heads.map((cell, i) => (cell.dataset.plot !== undefined ? i : -1)).filter((i) => i > 0);
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.dataset.short || cell.textContent.trim()));
  return { names: plotted.map((i) => heads[i].textContent.trim()), labels: rows.map((r) => r[0]), series: plotted.map((i) => rows.map((r) => number(r[i]))) };
}

function manner(box) {
  const rem = parseFloat(getComputedStyle(root).fontSize);
  const text = { fontFamily: token('--e-font').replace(/"/g, ''), fontSize: rem * 0.875, color: token('--e-ink') };
  return { rem, text, contrast: root.dataset.vision, narrow: box.clientWidth < 30 * rem, palette: [1, 2, 3, 4, 5, 6].map((i) => token(`--e-chart-${i}`)) };
}

function common({ text, palette }) {
  return { textStyle: text, animation: false, color: palette, tooltip: { renderMode: 'richText', backgroundColor: token('--e-surface'), borderColor: token('--e-line-strong'), textStyle: { ...text } } };
}

function lines(read, look, units) {
  const { rem, text, narrow, contrast, palette } = look;
  const top = units === '%' ? 100 : undefined;
  const grey = { ...text, color: token('--e-ink-2') };
  const rule = { lineStyle: { color: token('--e-chart-grid') } };
  return {
    ...common(look),
    grid: { left: rem * 2.8, right: rem * (narrow ? 5.2 : 7.5), top: rem, bottom: rem * 2.2 },
    tooltip: { ...common(look).tooltip, trigger: 'axis' },
    xAxis: { type: 'category', data: read.labels, boundaryGap: false, axisTick: { show: false }, axisLine: rule, axisLabel: { ...grey, margin: rem * 0.75, interval: narrow ? 1 : 0 } },
    yAxis: { type: 'value', min: 0, max: top, interval: top ? 25 : undefined, splitNumber: 4, splitLine: rule, axisLabel: { ...grey, formatter: units ? `{value} ${units}` : '{value}' } },
    series: read.series.map((points, k) => ({
      name: read.names[k], type: 'line', data: points, symbol: k ? 'emptyCircle' : 'circle', symbolSize: contrast ? 9 : 7, showAllSymbol: true,
      lineStyle: { width: k ? 2 : 3.5, type: k ? 'dashed' : 'solid' }, itemStyle: { color: k ? token('--e-chart-6') : palette[0] },
      endLabel: { show: true, ...text, fontWeight: k ? 400 : 650, formatter: (point) => `${read.names[k]}\n${point.value} ${units}`.trim(), lineHeight: rem * 1.15, distance: 10 },
    })),
  };
}

function bars(read, look, units, strong) {
  const { rem, text, narrow, contrast, palette } = look;
  const edge = contrast ? { borderColor: token('--e-ink'), borderWidth: 2 } : {};
  const width = rem * (narrow ? 9 : 12);
  return {
    ...common(look),
    grid: { left: width + rem * 0.5, right: rem * 3.2, top: 0, bottom: 0 },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: { type: 'category', inverse: true, data: read.labels, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { ...text, width, overflow: 'break', lineHeight: rem * 1.1 } },
    series: [{
      type: 'bar', barWidth: '58%', itemStyle: { borderRadius: [0, 4, 4, 0] },
      data: read.series[0].map((value, i) => ({ value, itemStyle: { color: strong === null || i === strong ? palette[0] : token('--e-chart-pale'), ...edge } })),
      label: { show: true, position: 'right', ...text, fontWeight: 600, formatter: (point) => `${point.value} ${units}`.trim() },
    }],
  };
}

function radar(read, look, box) {
  const { rem, text, contrast, palette } = look;
  const radius = Math.max(40, Math.min(box.clientHeight / 2 - rem * 2.2, (box.clientWidth / 2 - rem * 6.1) / 0.951));
  const largest = Math.max(3, ...read.series.flat().filter((v) => v !== null));
  return {
    ...common(look),
    radar: {
      indicator: read.labels.map((name) => ({ name: name.replace(/[ \u00a0]/g, '\n'), max: largest })), radius, center: ['50%', '54%'], splitNumber: 3,
      axisName: { ...text, lineHeight: rem * 1.1 }, axisNameGap: 10, splitArea: { areaStyle: { color: ['transparent'] } },
      splitLine: { lineStyle: { color: token('--e-chart-grid') } }, axisLine: { lineStyle: { color: token('--e-chart-grid') } },
    },
    series: [{
      type: 'radar',
      data: read.series.map((points, k) => {
        const now = k === read.series.length - 1;
        const color = now ? palette[0] : palette[1];
        return { name: read.names[k], value: points, symbol: now ? 'circle' : 'emptyCircle', symbolSize: now ? 9 : 7, lineStyle: { width: now ? 3.5 : 2, type: now ? 'solid' : 'dashed', color }, itemStyle: { color }, areaStyle: { color: now ? color : 'transparent', opacity: now && !contrast ? 0.12 : 0 } };
      }),
    }],
  };
}

function options(figure, box) {
  const read = readTable(figure.querySelector('table'));
  const look = manner(box);
  const units = figure.dataset.units || '';
  const strong = figure.dataset.strong ? Number(figure.dataset.strong) : null;
  if (figure.dataset.chart === 'line') return lines(read, look, units);
  return figure.dataset.chart === 'bars' ? bars(read, look, units, strong) : radar(read, look, box);
}

function draw(figure) {
  const box = figure.querySelector('.chart');
  if (!box.clientWidth) return;
  const table = figure.querySelector('details[data-chart-table]:not([data-stay])');
  if (table) table.open = false;
  const chart = echarts.init(box, null, { renderer: 'svg' });
  chart.setOption(options(figure, box));
  new ResizeObserver(() => { chart.resize(); chart.setOption(options(figure, box)); }).observe(box);
}

document.fonts.ready.then(() => document.querySelectorAll('[data-chart]').forEach(draw));
